/** Announcements: editing them, and their text as HTML that is safe to display. Owns no tables. Calls {@code brand.announcement}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.brand.announcement;
