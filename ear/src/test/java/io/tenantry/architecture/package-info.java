/** Architecture rules, checked against the classes that ship. */
@org.jspecify.annotations.NullMarked
package io.tenantry.architecture;
