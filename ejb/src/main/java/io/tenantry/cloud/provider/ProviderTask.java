package io.tenantry.cloud.provider;

/**
 * Something that a vendor is at.
 *
 * @param id in the adapter's own form; kept by us as text and handed back to {@link ProviderClient#progress}, also by another node after a restart
 */
public record ProviderTask(String id) {
    /** What needed nothing to be done. */
    public static final ProviderTask NOTHING = new ProviderTask("nothing");
}
