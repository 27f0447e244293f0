@org.jspecify.annotations.NullMarked
package io.tenantry.batch.notification;
