package io.tenantry.web.people.team;

import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.portal.CurrentOrganization;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The API keys of an organization's members. */
@Named
@ViewScoped
public class MemberApiKeysPage extends ApiKeysPage {
    private static final long serialVersionUID = 1L;

    @Inject
    Access access;

    @Inject
    CurrentOrganization organization;

    private @Nullable UUID organizationId;

    @Override
    protected void begin() {
        organizationId = organization.getId();
    }

    @Override
    protected UUID organizationId() {
        return Objects.requireNonNull(organizationId, "open() must be called first");
    }

    @Override
    public List<String> getKnownScopes() {
        return Permission.MEMBER_KEY_SCOPES.stream()
                .filter(access.allowedIn(organizationId())::contains)
                .toList();
    }
}
