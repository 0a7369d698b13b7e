"""Rules about parcels that need neither HTTP nor a database."""
