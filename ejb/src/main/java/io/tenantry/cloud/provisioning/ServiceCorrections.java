package io.tenantry.cloud.provisioning;

import io.tenantry.tenancy.Sql;
import java.util.Optional;
import java.util.UUID;

/**
 * Corrects what services record about their servers by what was observed at the provider. A correction is skipped if the service has changed
 * since the observation. Joins the caller's transaction. Checks no permission: part of use cases that do.
 */
public final class ServiceCorrections {
    private ServiceCorrections() {}

    /** Another server of the provider is the service's, unless another service has it. */
    public static boolean adopt(Sql sql, Optional<UUID> serviceId, String expected, String seen) {
        return sql.update("""
                        update service s
                           set provider_ref = ?, version = version + 1
                         where s.id = ?
                           and s.provider_ref = ?
                           and s.state in ('ACTIVE', 'SUSPENDED')
                           and not exists (select from service o where o.account = s.account and o.provider_ref = ?
                                              and o.state not in ('TERMINATING', 'TERMINATED', 'FAILED'))
                        """, seen, serviceId.orElse(null), expected, seen) == 1;
    }

    /** Its server is at another address. */
    public static boolean correctAddress(Sql sql, Optional<UUID> serviceId, String expected, String seen) {
        return sql.update("""
                        update service
                           set address = ?, version = version + 1
                         where id = ? and address = ? and state in ('ACTIVE', 'SUSPENDED')
                        """, seen, serviceId.orElse(null), expected) == 1;
    }

    /** Its server has another size. What its customer pays stays as it is. */
    public static boolean acceptSize(Sql sql, Optional<UUID> serviceId, String expected, String seen) {
        return sql.update("""
                        update service
                           set provider_size = ?, version = version + 1
                         where id = ? and provider_size = ? and state in ('ACTIVE', 'SUSPENDED')
                        """, seen, serviceId.orElse(null), expected) == 1;
    }

    /** Its server was found on or off. One that was off and runs was started, and so has left its rescue system. */
    public static void setPower(Sql sql, UUID serviceId, String power, boolean isStarted) {
        sql.update("""
                update service
                   set power = ?, version = version + 1, rescue = case when not ? then rescue end
                 where id = ?
                """, power, isStarted, serviceId);
    }

    /** Its server was switched on again, and so has left its rescue system. */
    public static void leaveRescue(Sql sql, UUID serviceId) {
        sql.update(
                "update service set rescue = null, version = version + 1 where id = ? and state = 'ACTIVE' and rescue is not null",
                serviceId);
    }
}
