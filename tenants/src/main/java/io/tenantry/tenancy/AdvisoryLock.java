package io.tenantry.tenancy;

/** PostgreSQL advisory locks, each identified by a number and the hash of a schema's name. Kept in one place so that no two share a number. */
public enum AdvisoryLock {
    /** Held while a schema is migrated. */
    MIGRATION(7_401),
    /** Held while a record is added to a schema's audit trail. */
    AUDIT_TRAIL(7_402),
    /** Held while the auditor checks a schema. */
    AUDITOR(7_403),
    /** Held while a tenant is created or its creation is undone. */
    CREATION(7_404),
    /** Held while a bank file is posted: one at a time, so that each sees what the previous ones posted. */
    BANK_POSTING(7_405),
    /** Held while a bank file format is named. */
    BANK_PROFILES(7_406),
    /**
     * Held while the products of a reseller, or the ownership of its provider accounts, are changed: one at a time, so that each sees what the
     * price lists have to cover. Orders hold it in shared mode.
     */
    WHOLESALE(7_407),
    /** Held in shared mode while work of a tenant is written; deleting the tenant takes it exclusively ({@code platform.lock_tenant_for_deletion}). */
    WORK(7_408),
    /** Held while a document is sent again: one at a time, so that each counts the previous ones. */
    DELIVERY(7_409);

    private final int space;

    AdvisoryLock(int space) {
        this.space = space;
    }

    /** Returns the first of the lock's two numbers. */
    public int space() {
        return space;
    }
}
