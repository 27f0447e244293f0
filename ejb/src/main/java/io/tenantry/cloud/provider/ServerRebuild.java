package io.tenantry.cloud.provider;

/** A provider whose servers can be rebuilt in place: same ID and addresses, and an erased disk. */
public interface ServerRebuild {
    /** Requests a rebuild with the image, keys and script of the specification; size and region stay the same. */
    ProviderTask rebuild(String id, ServerSpec serverSpec);
}
