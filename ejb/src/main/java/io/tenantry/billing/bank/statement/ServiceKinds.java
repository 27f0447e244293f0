package io.tenantry.billing.bank.statement;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Kinds of transactions in exports of payment services. Unlike a bank account, an account with them also receives loans, reserves, corrections
 * and top-ups by its owner, and each row names its kind: only a payment is credited.
 *
 * @param isService whether it is such an export
 * @param columns the columns that name the kind; if there are none, no row is known as a payment
 * @param payments the kinds that are payments by customers
 */
record ServiceKinds(boolean isService, List<Integer> columns, Pattern payments) {
    private static final Set<String> STRIPE =
            DoubtfulTerms.words("available on,available on utc,reporting category,balance transaction id");
    private static final Set<String> STRIPE_KINDS = DoubtfulTerms.words("reporting category,type");
    private static final Pattern STRIPE_PAYMENTS = Pattern.compile("charge|payment");

    private static final Set<String> PAYPAL = DoubtfulTerms.words(
            "balance impact,auswirkung auf guthaben,impact sur le solde,effet sur le solde,impacto en el saldo,efecto en el saldo,impatto sul saldo,"
                    + "effect op saldo,from email address,absender e mail adresse,de l adresse email,adresse email de l expediteur,correo electronico del remitente,"
                    + "indirizzo email mittente,van e mailadres");
    private static final Set<String> PAYPAL_KINDS = DoubtfulTerms.words("type,typ,tipo");
    /** Text columns that contain the kind: the shorter PayPal export calls it a description. */
    private static final Set<String> PAYPAL_TEXTS =
            DoubtfulTerms.words("description,beschreibung,descripción,descrizione,omschrijving");

    private static final Pattern PAYPAL_PAYMENTS = Pattern.compile("(?!.*\\b(?:funding|loan)\\b).*(?:^| )"
            + "(?:payments?|checkout|donations?|paiements?|dons?|pagos?|donacion|pagament[oi]|donazione|betaling|donatie|spende"
            + "|(?!(?:aus|ab|ruck|rueck)zahlung)\\w*zahlung(?:en)?)(?: .*|$)");

    /** Returns the kinds of a Stripe or PayPal export; for other files the result has no effect. */
    static ServiceKinds of(List<HeaderName> names) {
        if (!columns(names, STRIPE).isEmpty()) {
            return new ServiceKinds(true, columns(names, STRIPE_KINDS), STRIPE_PAYMENTS);
        }
        if (columns(names, PAYPAL).isEmpty()) {
            return new ServiceKinds(false, List.of(), PAYPAL_PAYMENTS);
        }
        var kinds = columns(names, PAYPAL_KINDS);
        return new ServiceKinds(true, kinds.isEmpty() ? columns(names, PAYPAL_TEXTS) : kinds, PAYPAL_PAYMENTS);
    }

    private static List<Integer> columns(List<HeaderName> names, Set<String> wanted) {
        return IntStream.range(0, names.size())
                .filter(column -> wanted.contains(names.get(column).whole()))
                .boxed()
                .toList();
    }

    /** Returns the kind of a row that is not known to be a customer's payment; an empty text if the export names no kinds. */
    Optional<String> notAPayment(CsvTable.Row row) {
        if (isService && columns.isEmpty()) {
            return Optional.of("");
        }
        return columns.stream()
                .map(row::cell)
                .filter(cell -> !payments.matcher(DoubtfulTerms.fold(cell)).matches())
                .findFirst();
    }
}
