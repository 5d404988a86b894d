//! Stand-ins for HubSpot and DocuSign.
