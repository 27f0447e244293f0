/** Pages of the platform's operators: resellers, charging runs, auditor, health, keys. Owns no data; calls use cases. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.admin;
