/** All parts of the pages, to look at, in a demo. Owns no data. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.gallery;
