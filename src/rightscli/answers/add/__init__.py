"""What the commands of ``add`` answer: what is put into a base of the user's."""
