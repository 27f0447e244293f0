/** Announcements: editing them, and their text as HTML that is safe to display. Owns no data. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.brand.announcement;
