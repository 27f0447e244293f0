/**
 * The public pages of a reseller: texts, offers, regions, answers, incidents; and messages from visitors. Owns {@code site_text, faq_entry,
 * region_location, incident, incident_update, contact_message}. Calls {@code catalog, people.identity, people.notification}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.brand.storefront;
