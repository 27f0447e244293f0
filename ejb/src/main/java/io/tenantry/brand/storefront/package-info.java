/**
 * What a reseller shows to everybody: words, offers, regions, answers, disruptions; and what strangers write back. Owns
 * {@code site_text, question, region_location, disruption, incident_update, enquiry}; calls catalog, identity, audit.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.brand.storefront;
