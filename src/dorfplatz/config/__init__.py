"""The roof: settings, addresses and the way in. Importing it chooses a safe SQLite before Django loads one."""

import sys

# SQLite 3.7.0 to 3.51.2 can corrupt a write-ahead log under concurrent checkpoints; the wheel carries a sound one.
try:
    import pysqlite3
except ImportError:  # other platforms use the interpreter's own; the start-up check compares its version
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
