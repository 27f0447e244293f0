/** Personal settings, the same for customers, staff and operators. Owns no data; calls identity. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.people.profile;
