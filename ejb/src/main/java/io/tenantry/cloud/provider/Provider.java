package io.tenantry.cloud.provider;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** A vendor that we can work with; one adapter each. Beans of this type are what a reseller may choose from. */
public interface Provider {
    /** What accounts and services name it by, for ever. */
    String code();

    /** What staff call it; customers never read it. */
    String name();

    /** Where its API is; empty if each customer of the vendor has a panel of its own. */
    Optional<URI> base();

    /** Whether it is only to try things with: then nobody is offered it in earnest. */
    default boolean isForTrying() {
        return false;
    }

    /** What it has to be told, among a wish's options, of whom a server is for; most want to know nothing. */
    default Map<String, String> options(CustomerRef customerRef) {
        return Map.of();
    }

    /** Whether servers run a script of ours when they start for the first time. */
    default boolean runsScripts() {
        return true;
    }

    /** Whether its accounts are a {@link VncConsole}: for pages that offer one and open no account for that. */
    default boolean showsScreens() {
        return false;
    }

    /** Speaks for an account. Nothing is sent yet. */
    ProviderClient open(Credentials credentials);
}
