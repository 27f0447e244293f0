/** Personal settings, the same for customers, staff and operators. Owns no tables. Calls {@code people.identity}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.people.profile;
