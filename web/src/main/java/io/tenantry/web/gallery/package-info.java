/** The gallery of all components of the pages, for a demo. Owns no data. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.gallery;
