package io.tenantry.cloud.provider;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** A supported provider, with one adapter each. Beans of this type are what a reseller can choose from. */
public interface Provider {
    /** Returns the permanent code by which accounts and services identify it. */
    String code();

    /** Returns the name shown to staff; customers never see it. */
    String name();

    /** Returns the address of its API; empty if each customer of the provider has its own panel. */
    Optional<URI> base();

    /** Whether it is for trial use only and not offered in production. */
    default boolean isForTrying() {
        return false;
    }

    /** Returns the server options that tell the provider which customer a server is for; empty for most providers. */
    default Map<String, String> options(CustomerRef customerRef) {
        return Map.of();
    }

    /** Whether servers can run a script of ours at their first start. */
    default boolean runsScripts() {
        return true;
    }

    /** Whether its accounts are a {@link VncConsole}, for pages that offer one without opening an account. */
    default boolean showsScreens() {
        return false;
    }

    /** Creates the client of an account. Sends nothing. */
    ProviderClient open(Credentials credentials);
}
