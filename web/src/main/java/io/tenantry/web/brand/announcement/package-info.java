/** Announcements: writing them, and their text as HTML that is safe to show. Owns no data. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.brand.announcement;
