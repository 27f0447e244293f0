/** The gallery of all components of the pages, for a demo. Owns no tables. Calls {@code people.identity}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.gallery;
