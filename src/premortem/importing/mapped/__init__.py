"""Any table of deals, by a mapping: which column of which table tells what. The known CRMs are mappings too."""
