"""The commands of ``rights add``, a file each."""
