package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payment texts as people write them: words for a return or an unbooked payment require review, all others do not. */
class ReferenceTermsTest {
    private static String become(String header, String text) {
        try {
            return Reading.rows(Reading.csv("Buchungstag;Betrag;Name;IBAN;Verwendungszweck;" + header
                            + "\n17.04.2026;10,00;Ann;DE89370400440532013000;RF138641464252;" + text
                            + "\n16.04.2026;-7,00;Bob Ltd;;other;\n"))
                    .get(0);
        } catch (UnreadableStatement refused) {
            return refused.problem().toString();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Rechnung 2026-04-000017 vom 02.04.2026",
                "Miete Server April, danke",
                "Vielen Dank für die schnelle Rückmeldung",
                "Kunde 4711, Vertrag Rückenwind GmbH",
                "Zahlung für Domain und Hosting, Rückfragen an Frau Storm",
                "Abschlag Projekt Storchennest",
                "Guthaben aufladen",
                "Gebühr April 2026 inkl. MwSt",
                "Invoice 2026-04-000017, order 881",
                "Hosting April - thanks, great service",
                "Top up for Pendleton Bakery",
                "Held & Sons Ltd, server rent",
                "Turnaround Studio - yearly plan",
                "Payment for cloud servers, PO 55-1",
                "Subscription Returnity AG May",
                "Void Games Ltd invoice 12",
                "Facture 2026-04-000017",
                "Paiement serveur avril, merci",
                "Cotisation annuelle association",
                "Loyer serveur dédié pour M. Retournel",
                "Règlement commande 5521",
                "Acompte projet Annulus",
                "Factura 2026-04-000017",
                "Pago servidor abril, gracias",
                "Recarga de saldo Devora SL",
                "Cuota mensual alojamiento",
                "Factuur 2026-04-000017",
                "Betaling server april, bedankt",
                "Abonnement hosting Terugblik BV",
                "Fattura 2026-04-000017",
                "Canone server aprile, grazie",
                "Ricarica conto Storni Srl",
                "Rechnung Nr. 4, Danke für Rückmeldung",
                "Wire transfer for invoice 55",
                "ACH payment invoice 9",
                "Rev. John Smith, server May",
                "Retail deposit account 4",
                "Rückenschule Berlin, Server",
                "Virement Retrouvailles SARL",
                "Transferencia Anula Sanchez Devesa",
                "Bonifico per Ritorno Srl",
                "Overboeking factuur 12",
                "Przelew za fakturę 12",
                "Betalning faktura 12"
            })
    void creditsHarmlessTexts(String text) {
        assertThat(become("Bemerkung", text)).isEqualTo("10 EUR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Rücklastschrift",
                "Lastschriftrückgabe mangels Deckung",
                "storniert",
                "Buchung wurde storniert",
                "Stornierung vom 16.04.",
                "zurückgestellt",
                "Zahlung zurückgestellt bis zur Klärung",
                "vorläufig",
                "Rückerstattung",
                "rückgängig gemacht",
                "zurückgezogen",
                "nicht gedeckt",
                "mangels Deckung",
                "noch offen",
                "in Prüfung",
                "wird geprüft",
                "Konto gesperrt",
                "pending",
                "still pending approval",
                "awaiting clearance",
                "payment bounced",
                "insufficient funds",
                "on hold by compliance",
                "held for review",
                "under review",
                "reversed by bank",
                "charged back",
                "returned by beneficiary bank",
                "cancelled by sender",
                "not yet cleared",
                "refund",
                "revoked",
                "recalled by sender",
                "stopped payment",
                "disputed by payer",
                "rejected AC04",
                "En attente de validation",
                "paiement rejeté",
                "annulé par le client",
                "impayé",
                "provision insuffisante",
                "remboursement",
                "opposition",
                "en suspens",
                "retenido por revisión",
                "devuelto",
                "devolución",
                "pago rechazado",
                "anulado",
                "fondos insuficientes",
                "en revisión",
                "storno",
                "gestorneerd",
                "teruggeboekt",
                "onvoldoende saldo",
                "in behandeling",
                "geblokkeerd",
                "stornato",
                "in attesa di conferma",
                "insoluto",
                "fondi insufficienti",
                "rimborso",
                "annullato",
                "RTD PYMT",
                "RTN ITEM",
                "WIRE RTN",
                "REV ACH",
                "REVSL TRANSFER",
                "FPO RTN",
                "CHQ RTD",
                "DDICA CLAIM",
                "INDEMNITY CLAIM",
                "Recredit",
                "Re-credit",
                "Funds recredited",
                "REJ VIR",
                "RET VIR",
                "REJ. VIR SEPA",
                "REGUL VIR",
                "VIR. NON EXECUTE",
                "VIREMENT NON ABOUTI",
                "COMPTE CLOTURE",
                "RETROCESSION",
                "DEV. TRANSF",
                "DEVOL. TRANSF.",
                "RETROC. TRANSF",
                "ANUL. TRANSF.",
                "TRANSF. NO REALIZADA",
                "Transferência devolvida",
                "RITORNO BONIFICO",
                "BON. NON ESEGUITO",
                "BONIFICO NON ANDATO A BUON FINE",
                "RIACCR. BONIFICO",
                "NIET UITGEVOERDE OVERBOEKING",
                "TERUG ONTVANGEN",
                "NIET BESTAANDE REKENING",
                "Ret. SEPA-Überw.",
                "SEPA-Überw. ret.",
                "Rückgutschr.",
                "RÜ-Überw.",
                "Überw. nicht ausf.",
                "Empfängerkto erloschen",
                "Wiedergutschr.",
                "Rückz.",
                "Rückzahlung",
                "Rückvergütung",
                "Zahlung konnte nicht zugestellt werden",
                "ZWROT",
                "Zwrócony przelew",
                "ZWROT - PRZELEW NIEZREALIZOWANY",
                "ANULOWANIE",
                "ÅTERBET",
                "Återbet kund",
                "Makulering",
                "Retur betalning"
            })
    void keepsPaymentsThatMayNotHaveArrivedForReview(String text) {
        assertThat(become("Bemerkung", text)).startsWith("review");
        assertThat(become("Remarks", text + " 2")).startsWith("review");
    }
}
