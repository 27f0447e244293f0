/** The transfer of services, as a part of their page. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.cloud.transfer;
