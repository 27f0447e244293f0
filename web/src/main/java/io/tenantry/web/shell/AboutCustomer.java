package io.tenantry.web.shell;

import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Organizations;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A page of staff about one customer, whom its address names. */
public abstract class AboutCustomer implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    Organizations organizations;

    private @Nullable String parameter;
    private @Nullable UUID organizationId;
    private String organizationName = "";

    /** Looks at the customer, if it may be seen, and at what the page says of it. */
    protected void look(Consumer<UUID> more) {
        Visit.look(() -> {
            var id = Visit.id("organization", parameter);
            organizationName = organizations.one(id).name();
            more.accept(id);
            organizationId = id;
        });
    }

    /** Whom it is about, once that was looked at. */
    protected UUID known() {
        return Optional.ofNullable(organizationId).orElseThrow(() -> new NotVisible("organization", "of the page"));
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public @Nullable UUID getOrganizationId() {
        return organizationId;
    }

    public String getOrganizationName() {
        return organizationName;
    }
}
