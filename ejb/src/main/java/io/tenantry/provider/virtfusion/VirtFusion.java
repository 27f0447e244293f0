package io.tenantry.provider.virtfusion;

import io.tenantry.outbound.Outbound;
import io.tenantry.provider.Credentials;
import io.tenantry.provider.Owner;
import io.tenantry.provider.Pauses;
import io.tenantry.provider.Provider;
import io.tenantry.provider.Vendor;
import io.tenantry.provider.VendorApi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * VirtFusion panels, by their global API v1: a token of the panel's administration, and an address such as
 * {@code https://panel.example.org/api/v1}. Servers belong to users of the panel; options of a wish say to whom.
 */
@ApplicationScoped
public class VirtFusion implements Vendor {
    /** Option of a wish: the user's external relation, a text that we choose and keep. Without such a user there, one is made. */
    public static final String EXT_RELATION_ID = "extRelationId";

    /** Option of a wish: what a user that is made is called. */
    public static final String NAME = "name";

    /** Option of a wish: the address of a user that is made; nothing is sent there when we make servers. */
    public static final String EMAIL = "email";

    @Inject
    Outbound outbound;

    @Inject
    Clock clock;

    @Override
    public String code() {
        return "virtfusion";
    }

    @Override
    public String name() {
        return "VirtFusion";
    }

    @Override
    public Optional<URI> base() {
        return Optional.empty();
    }

    /** A user of the panel for each customer: servers of one are seen together there. */
    @Override
    public Map<String, String> options(Owner owner) {
        return Map.of(EXT_RELATION_ID, "org-" + owner.id(), NAME, owner.name(), EMAIL, owner.email());
    }

    /** The panel builds from templates of its own. */
    @Override
    public boolean runsScripts() {
        return false;
    }

    @Override
    public boolean showsScreens() {
        return true;
    }

    @Override
    public Provider open(Credentials credentials) {
        var api = new VendorApi(outbound, credentials, new VirtFusionDialect(), clock, Pauses::wait);
        return new VirtFusionAccount(api, credentials.base());
    }
}
