package io.tenantry.tenancy;

/**
 * What is locked in PostgreSQL by a number and the hash of a schema's name. Kept in one place, so that no two of them are one.
 */
public enum AdvisoryLock {
    /** A schema is being migrated. */
    MIGRATION(7_401),
    /** A record is being added to a schema's audit trail. */
    AUDIT_TRAIL(7_402),
    /** The auditor looks at a schema. */
    AUDITOR(7_403),
    /** A tenant is being made or taken back. */
    CREATION(7_404),
    /** A bank file is being posted: one at a time, so that each sees what those before it posted. */
    BANK_POSTING(7_405),
    /** A way to read bank files is given a name. */
    BANK_PROFILES(7_406),
    /**
     * What a reseller sells, or whose its provider accounts are, is changed: one at a time, so that each sees what the price lists have to name.
     * Orders share it.
     */
    WHOLESALE(7_407),
    /** Work of a tenant is written, which those who write share; deleting the tenant excludes them ({@code platform.still_tenant}). */
    WORK(7_408);

    private final int space;

    AdvisoryLock(int space) {
        this.space = space;
    }

    /** The first of the two numbers of the lock. */
    public int space() {
        return space;
    }
}
