package io.tenantry.people.identity;

import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Failed sign-ins by network address, over all resellers and the platform, kept in the platform's schema: an attacker who tries one reseller
 * after another is throttled everywhere. Each method is a separate transaction.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AddressFailures {
    @Inject
    Sql sql;

    /** Counts an attempt as a failure for now; returns how long to wait if the address is throttled. */
    public Optional<Duration> count(String network) {
        return Tenancy.in(
                Scope.PLATFORM, () -> FailureCounter.count(sql, subject(network), SignInThrottle.ADDRESS_EVERYWHERE));
    }

    /** Reverts the count: the attempt did not fail, or nothing was checked. */
    public void takeBack(String network) {
        Tenancy.in(Scope.PLATFORM, () -> {
            FailureCounter.takeBack(sql, subject(network));
            FailureCounter.forgetOld(sql);
            return network;
        });
    }

    private static String subject(String network) {
        return FailureCounter.subject("everywhere", network);
    }
}
