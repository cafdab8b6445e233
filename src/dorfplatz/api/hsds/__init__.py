"""The social map in the words of Open Referral's Human Services Data Specification 3.0. Pure: records in, JSON out."""
