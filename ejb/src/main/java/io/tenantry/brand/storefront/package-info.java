/**
 * The public pages of a reseller: texts, offers, regions, answers, disruptions; and messages from visitors. Owns
 * {@code site_text, question, region_location, disruption, incident_update, enquiry}; calls catalog, identity, audit.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.brand.storefront;
