package io.tenantry.cloud.provider;

/** A vendor whose servers can be made anew in their place: same number and addresses, nothing left on the disk. */
public interface ServerRebuild {
    /** Asks to make it anew with what the wish says of system, keys and script; its size and region stay. */
    ProviderTask rebuild(String id, ServerSpec serverSpec);
}
