"""The ground floor: pure Python, no Django, no tables. What every app may lean on."""
