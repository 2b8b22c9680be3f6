"""What all CRM exports share: tables read as they come, cells read in the style that their column keeps."""
