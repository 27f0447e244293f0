package io.tenantry.people.identity;

import io.tenantry.kernel.limits.Customers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/**
 * The organization whose share of a limit a member uses. A member of several always uses that of the same one, so that belonging to many is
 * no way to a larger share.
 */
@ApplicationScoped
public class MemberOrganization implements Customers {
    @Inject
    Access access;

    @Override
    public Optional<UUID> organization() {
        return access.places().stream().map(Access.Membership::organizationId).min(Comparator.naturalOrder());
    }

    @Override
    public boolean isRefusal(RuntimeException failure) {
        return failure instanceof NotFoundException || failure instanceof AccessDeniedException;
    }
}
