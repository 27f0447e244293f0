package io.tenantry.web.people.team;

import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The API keys of the reseller's staff, and on the admin surface those of operators. */
@Named
@ViewScoped
public class StaffApiKeysPage extends ApiKeysPage {
    private static final long serialVersionUID = 1L;

    @Inject
    Access access;

    @Override
    protected @Nullable UUID organizationId() {
        return null;
    }

    @Override
    public List<String> getKnownScopes() {
        var known = Tenancy.scope().equals(Scope.PLATFORM) ? Permission.OF_OPERATORS : Permission.OF_STAFF;
        return known.stream().filter(access.permissions()::contains).toList();
    }
}
