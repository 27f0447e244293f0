package io.tenantry.web.layout;

import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Organizations;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The base of a staff page about one customer, which the address names. */
public abstract class CustomerScopedPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    Organizations organizations;

    private @Nullable String parameter;
    private @Nullable UUID organizationId;
    private String organizationName = "";

    /** Loads the customer, if the user may view it, and the page's data about it. */
    protected void load(Consumer<UUID> more) {
        PageResult.load(() -> {
            var id = PageResult.id("organization", parameter);
            organizationName = organizations.one(id).name();
            more.accept(id);
            organizationId = id;
        });
    }

    /** Returns the customer's id, once it was loaded. */
    protected UUID known() {
        return Optional.ofNullable(organizationId)
                .orElseThrow(() -> new NotFoundException("organization", "of the page"));
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
