/** Finding things by how they are called, across capabilities, within what the person who acts may see. Owns no data. */
@org.jspecify.annotations.NullMarked
package io.tenantry.admin.search;
