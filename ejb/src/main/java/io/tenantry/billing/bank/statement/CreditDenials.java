package io.tenantry.billing.bank.statement;

import java.util.regex.Pattern;

/** Instructions not to credit a payment, as in "bitte nicht verbuchen" or "do not credit". */
final class CreditDenials {
    private static final String CREDITING =
            "(?:gutschr\\w*|gut ?zu ?schreiben|gutgeschr\\w*|(?:ver|ein|zu|ge)?buch(?:en|t|ung)?|verbuch\\w*|anrechn\\w*|angerechn\\w*|anzurechn\\w*|vereinnahm\\w*|erfassen|berucksichtig\\w*|beruecksichtig\\w*|verwend\\w*|"
                    + "verrechn\\w*|zuordn\\w*|verarbeit\\w*|akzeptier\\w*|annehmen|aufladen|"
                    + "credit\\w*|post|posted|book|booked|apply|applied|process|processed|allocate\\w*|accept|use|count|"
                    + "crediter|credite\\w*|comptabilis\\w*|porter|enregistr\\w*|encaiss\\w*|imputer|bijschrijv\\w*|crediter\\w*|boeken|geboekt|verwerk\\w*|verrekenen|"
                    + "abon(?:ar|e|ado|ada)|acredit\\w*|contabili[sz]\\w*|ingresar|registr\\w*|aplicar|accredit\\w*|creditar\\w*|imputar\\w*|"
                    + "bokfor\\w*|bogfor\\w*|kreditere?\\w*|krediter\\w*|ksiegowac|zaksiegow\\w*|uznawac|pripsat|pripisat|uctovat)";
    private static final Pattern DENIAL = Pattern.compile(
            "\\b(?:nicht|nie|niemals|not|never|don t|dont|ne pas|ne|non|niet|no|nao|ikke|inte|ej|nepripis\\w*)(?: (?:be|zu|mehr|als|auf|to|as|this|it|pas|este|questo|doppelt|noch|wieder|dem|das|konto|guthaben)){0,3} "
                    + CREDITING
                    + "\\b|\\b(?:keine?|ohne|without|sans|sin|senza|geen) (?:gutschrift|verbuchung|buchung|credit|ecriture|abono|accredito|bijschrijving)\\b"
                    + "|\\b(?:bitte|please|pls) (?:ignorieren|ignore|disregard)\\b|\\b(?:ignorieren|disregard)\\b");

    private CreditDenials() {}

    /** Whether folded text says that a payment is not to be credited. */
    static boolean says(String folded) {
        return DENIAL.matcher(folded).find();
    }
}
