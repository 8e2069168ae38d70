"""How somebody was reached or tried, what meets first contact, and what they chose; notes."""
