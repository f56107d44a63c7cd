"""From a scene and its calibration to a physics plant."""
