/** The transfer of services, as a part of their page. Owns no tables. Calls {@code cloud.transfer}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.cloud.transfer;
