"""An address was added or ended: everybody's other addresses hear of it, and for 14 days it can be put back."""
