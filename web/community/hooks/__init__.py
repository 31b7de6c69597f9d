"""The front door of addresses that are told of cases: named, tried, paused, ended, and what was sent to each."""
