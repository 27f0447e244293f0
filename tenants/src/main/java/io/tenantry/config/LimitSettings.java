package io.tenantry.config;

/**
 * How often per minute this node does heavy work for the staff of one reseller, and again for its customers.
 *
 * @param documents {@code tenantry.limit.documents} (240): PDFs and e-invoices that are rendered
 * @param exports {@code tenantry.limit.exports} (120): list exports
 * @param pictures {@code tenantry.limit.pictures} (30): uploaded pictures that are decoded
 * @param bankStatements {@code tenantry.limit.bank-statements} (30): bank statements that are parsed
 * @param priceCalculations {@code tenantry.limit.price-calculations} (60): what-if calculations
 */
public record LimitSettings(int documents, int exports, int pictures, int bankStatements, int priceCalculations) {
    static LimitSettings read(SettingsSource source) {
        return new LimitSettings(
                source.whole("tenantry.limit.documents", 240, 1, 100_000),
                source.whole("tenantry.limit.exports", 120, 1, 100_000),
                source.whole("tenantry.limit.pictures", 30, 1, 100_000),
                source.whole("tenantry.limit.bank-statements", 30, 1, 100_000),
                source.whole("tenantry.limit.price-calculations", 60, 1, 100_000));
    }
}
