"""What the measurements share: private servers, children that do not outlive them, and readings of /proc."""
