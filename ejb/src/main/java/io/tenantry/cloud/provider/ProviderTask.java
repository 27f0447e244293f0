package io.tenantry.cloud.provider;

/**
 * An operation in progress at a provider.
 *
 * @param id in the adapter's own format; stored as text and passed to {@link ProviderClient#progress}, also by another node after a restart
 */
public record ProviderTask(String id) {
    /** A task for which nothing had to be done. */
    public static final ProviderTask NOTHING = new ProviderTask("nothing");
}
