package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.SkipReason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Words that banks use for the status of a transaction, in German, English, French, Dutch, Spanish and Italian. */
final class StatusVocabulary {
    private static final Set<String> BOOKED = DoubtfulTerms.words(
            "gebucht,verbucht,umsatz gebucht,gebuchter umsatz,abgeschlossen,ausgeführt,erledigt,erfolgreich,"
                    + "bezahlt,eingegangen,beglichen,betaald,payé,payée,book,booked,complete,completed,posted,settled,cleared,executed,success,successful,succeeded,processed,paid,done,final,finished,"
                    + "comptabilisé,comptabilisée,exécuté,exécutée,effectué,effectuée,terminé,terminée,complété,complétée,réglé,réglée,"
                    + "geboekt,verwerkt,uitgevoerd,voltooid,afgerond,contabilizado,contabilizada,completado,completada,ejecutado,ejecutada,liquidado,"
                    + "liquidada,realizado,realizada,finalizado,finalizada,procesado,procesada,pagado,pagada,contabilizzato,contabilizzata,completato,"
                    + "geaccepteerd,udført,utført,gennemført,genomförd,bogført,bokført,bokförd,zaksięgowana,zaksięgowano,zaksięgowany,zrealizowana,zrealizowano,zrealizowany,wykonana,wykonano,rozliczona,"
                    + "hotovo,dokončeno,zpracováno,zaúčtováno,zaúčtovaná,zaúčtované,zaúčtovaný,realizováno,provedeno,kirjattu,könyvelt,teljesült,teljesítve,executat,executată,procesat,procesată,decontat,decontată,contabilizada,εκτελέστηκε,ολοκληρώθηκε,gerçekleşti,tamam,tamamlandı,completata,eseguito,eseguita,regolato,regolata,concluso,conclusa");
    private static final Map<SkipReason, Set<String>> OTHERS = new EnumMap<>(Map.of(
            SkipReason.PENDING,
                    DoubtfulTerms.words(
                            "vorgemerkt,vormerkung,vorgemerkter umsatz,umsatz vorgemerkt,vorgemerkte umsätze,vorgemerkte buchungen,offen,offene,ausstehend,"
                                    + "in bearbeitung,wird bearbeitet,in verarbeitung,noch nicht gebucht,nicht gebucht,ungebucht,angekündigt,erwartet,terminiert,"
                                    + "geplant,autorisiert,schwebend,wartend,vorläufig,pending,pdng,futr,info,open,unbooked,not booked,unposted,not posted,uncleared,"
                                    + "unsettled,scheduled,processing,in progress,in process,in transit,upcoming,future,planned,announced,expected,estimated,provisional,"
                                    + "authorised,authorized,authorisation,authorization,preauthorised,preauthorized,pre authorised,pre authorized,awaiting,waiting,"
                                    + "created,initiated,submitted,queued,draft,en attente,en cours,en cours de traitement,en traitement,à venir,à échoir,prévu,prévue,"
                                    + "planifié,planifiée,non comptabilisé,non comptabilisée,autorisé,autorisée,en instance,in behandeling,openstaand,gepland,nog niet verwerkt,"
                                    + "niet geboekt,in afwachting,verwacht,geautoriseerd,pendiente,pendientes,en proceso,en trámite,en curso,programado,programada,previsto,"
                                    + "prevista,no contabilizado,no contabilizada,autorizado,autorizada,in sospeso,in attesa,in corso,in lavorazione,da contabilizzare,"
                                    + "venter,afventer,väntar,reserverat,reserveret,reservert,oczekująca,oczekuje,oczekujący,nierozliczona,w trakcie,w trakcie realizacji,čeká,čekající,nezaúčtováno,nezaúčtovaná,varaus,odottaa,függőben,"
                                    + "foglalás,în așteptare,pendente,em processamento,εκκρεμεί,σε εκκρεμότητα,beklemede,pending submission,pending customer approval,"
                                    + "non contabilizzato,non contabilizzata,autorizzato,autorizzata,programmato,programmata,prenotato,prenotata,pianificato"),
            SkipReason.DECLINED,
                    DoubtfulTerms.words(
                            "abgelehnt,zurückgewiesen,fehlgeschlagen,gescheitert,ungültig,abgebrochen,nicht ausgeführt,verweigert,verfallen,gelöscht,"
                                    + "declined,rejected,rjct,refused,failed,failure,error,denied,cancelled,canceled,canc,aborted,expired,void,voided,blocked,removed,"
                                    + "deleted,unpaid,not completed,incomplete,refusé,refusée,rejeté,rejetée,échoué,échouée,échec,annulé,annulée,expiré,expirée,impayé,"
                                    + "geweigerd,afgewezen,mislukt,geannuleerd,verlopen,niet uitgevoerd,odrzucona,odrzucony,odrzucono,odmítnuto,zamítnuto,zamietnutá,hylätty,avvist,afvist,avvisad,elutasítva,respinsă,απορρίφθηκε,reddedildi,customer approval denied,rechazado,rechazada,denegado,denegada,fallido,fallida,cancelado,"
                                    + "cancelada,anulado,anulada,caducado,caducada,rifiutato,rifiutata,respinto,respinta,fallito,fallita,annullato,annullata,scaduto,scaduta"),
            SkipReason.REVERTED,
                    DoubtfulTerms.words(
                            "storniert,storno,rückgebucht,zurückgebucht,rückgängig,widerrufen,erstattet,zurückgegeben,reverted,reversed,reversal,returned,"
                                    + "refunded,charged back,chargeback,bounced,recalled,retourné,retournée,remboursé,remboursée,extourné,extournée,contrepassé,"
                                    + "contrepassée,teruggeboekt,teruggestort,teruggedraaid,gestorneerd,devuelto,devuelta,revertido,revertida,retrocedido,retrocedida,"
                                    + "reembolsado,reembolsada,stornato,stornata,restituito,restituita,rimborsato,rimborsata"),
            SkipReason.ON_HOLD,
                    DoubtfulTerms.words(
                            "on hold,hold,held,zurückgehalten,reserviert,reservierung,blockiert,gesperrt,in prüfung,angehalten,reserved,reservation,frozen,"
                                    + "suspended,under review,in review,bloqué,bloquée,en suspens,suspendu,suspendue,réservé,réservée,in de wacht,gereserveerd,"
                                    + "geblokkeerd,aangehouden,retenido,retenida,bloqueado,bloqueada,en espera,reservado,reservada,bloccato,bloccata,trattenuto,"
                                    + "trattenuta,in verifica,sospeso,sospesa,riservato")));
    private static final Set<String> YES =
            DoubtfulTerms.words("yes,y,true,1,x,ja,j,wahr,oui,vrai,si,sí,verdadero,vero,s");
    private static final Set<String> NO = DoubtfulTerms.words("no,n,false,0,nein,falsch,non,faux,nee,falso");

    private static final Pattern TICK = Pattern.compile("\\s*[\\u2713\\u2714\\u2611\\u2705\\u221a]\\ufe0f?\\s*");

    private static final Set<String> CLEAR_STARTS = DoubtfulTerms.words(
            "e v gutschrift,e v gutschr,ev gutschrift,e v scheck,e v einzug,eingang vorb,gutschrift e v,gutschr e v,vorgemerkt,vorgemerkte,vormerkung,ausstehend,ausstehende,noch nicht gebucht,nicht gebucht,reserviert,"
                    + "reservierung,abgelehnt,abgelehnte,storniert,zurückgewiesen,pending,unbooked,unposted,authorisation,authorization,preauth,pre auth,declined,rejected,"
                    + "refused,cancelled,canceled,on hold,reserved,en attente,non comptabilisé,refusé,annulé,in behandeling,gereserveerd,geweigerd,pendiente,rechazado,"
                    + "anulado,in attesa,in sospeso,non contabilizzato,rifiutato,annullato,reverted,reversed,geplant,scheduled");
    private static final Set<String> REVERSAL_STARTS = DoubtfulTerms.words(
            "storno,stornierung,stornobuchung,rückbuchung,rücküberweisung,rückruf,rückgabe,rückläufer,retoure,korrekturbuchung,reversal,chargeback,"
                    + "return,returned,retour,retur,returned payment,returned transfer,payment returned,transfer returned,returned item,correction,extourne,annulation,contrepassation,terugboeking,storno van,devolución,retrocesión,anulación,storno di,riaccredito");

    private static final Set<String> TITLE_STARTS = DoubtfulTerms.words(
            "erwartete,erwarteter,offene,angekündigte,geplante,terminierte,künftige,zukünftige,expected,upcoming,open,planned,future,unpaid,outstanding,"
                    + "paiements attendus,à venir,opérations à venir,verwachte,geplande,previstos,próximos,in arrivo,previsti");

    private static final Pattern DENIAL = Pattern.compile(
            "(?:not yet|not|never|noch nicht|nicht|pas encore|non|pas|nog niet|niet|todavia no|aun no|no|non ancora|ikke|ej|inte) ");
    private static final Set<String> CONFIRMED =
            DoubtfulTerms.words("confirmed,captured,received,bestätigt,confirmé,confirmado,confermato,bevestigd");

    /** Words in titles of tables whose transactions did not, or may not, happen. */
    private static final Pattern TITLE = Pattern.compile(
            "\\b(?:\\w*vorschau|\\w*prognose|\\w*planung|\\w*vorlagen?|\\w*entwurf|entwurfe|dauerauftrage|dauerauftraege|musterdaten|beispieldaten|testdaten|"
                    + "forecasts?|projections?|drafts?|templates?|standing orders?|sample data|demo data|test data|simulations?|simulation|pro ?forma|"
                    + "previsions?|previsionnel|virements permanents|prevision|previsioni|prognoses?|periodieke overboekingen|ordenes permanentes|ordini permanenti)\\b");

    private static final int TITLE_WORDS = 4;
    /** Words that mark a row as not booked anywhere in a text, because they are not used for booked payments. */
    private static final Pattern ANYWHERE = Pattern.compile(
            "\\b(?:vorgemerkte?[rns]?|vormerkung|nicht gebucht|ungebucht|nicht ausgef(?:u|ue)hrt|stornierte?[rns]?|abgelehnte?[rns]?|zur(?:u|ue)ckgewiesen|fehlgeschlagen|"
                    + "pending|unbooked|unposted|uncleared|not (?:yet )?(?:booked|posted|cleared)|declined|rejected|cancelled|canceled|voided|pre ?auth\\w{0,12}|on hold|reverted|"
                    + "reversed|refunded|en attente|non comptabilisee?|annulee?|refusee?|in behandeling|niet geboekt|geannuleerd|geweigerd|pendiente|anulad[oa]|rechazad[oa]|"
                    + "in sospeso|in attesa|non contabilizzat[oa]|annullat[oa]|rifiutat[oa]|"
                    + "(?:provisional|temporary|conditional) credit|authori[sz]ation hold|card authori[sz]ation|kartenreservierung|eingang vorb(?:ehalten|eh)?|subject to collection|"
                    + "avisierte?[rns]?|wird (?:noch )?gebucht|noch zu buchen|in kl(?:a|ae)rung|unbest(?:a|ae)tigt|unverbucht|nicht eingel(?:o|oe)st|unzustellbar|testbuchung|"
                    + "unconfirmed|unsettled|unapplied|undelivered|undeliverable|unprocessed|awaiting (?:settlement|clearance|clearing|confirmation|approval|payment)|"
                    + "to be (?:confirmed|booked|posted|settled|cleared)|memo post(?:ed|ing)?|memo only|bounced?|a confirmer|a comptabiliser|previsionnel(?:le)?|"
                    + "reserverad|reserverat|reserverade|reserveret|reservert|preliminar(?:t|a)?|makulerad|annulleret|annullert|kansellert|afvist|avvist|avvisad|"
                    + "(?:ej|ikke|inte) (?:bokford|bogf[\u00f8o]rt|bokf[\u00f8o]rt|genomford)|w toku|w realizacji|wstrzyman[aey]|pendente|cancelad[oa]|recusad[oa]|agendad[oa]|"
                    + "odottaa|hylatty|peruutettu|"
                    + "unter vorbehalt|vorbehaltlich|uncollected|simulated|simuliert|impayee?s?|s ?b ?f|insolut[oi]|impagad[oa]s?|onbetaald|scheck\\w* e ?v|remise (?:de )?che?q\\w* sbf|sauf bonne fin|salvo buon fine|salvo buen fin|blokada|oczekujac[aey]|anulowan[aoey]|odrzucon[aoey]|"
                    + "zur(?:u|ue)ckgestellte?[rns]?|zur(?:u|ue)ckgehaltene?[rns]?|(?:noch|derzeit|weiterhin) (?:offen|ausstehend|nicht)|(?:wird|noch|erst) (?:ge|uber)?pr(?:u|ue)ft|"
                    + "in (?:manueller |laufender |interner )?(?:pr(?:u|ue)fung|warteschlange|wartestellung)|wiedervorlage|(?:konto|zahlung|betrag|guthaben) (?:ist |wurde )?(?:gesperrt|blockiert|eingefroren|einbehalten)|"
                    + "nicht gedeckt|ungedeckt|mangels deckung|keine deckung|ohne deckung|unterdeckung|freigabe (?:ausstehend|offen|fehlt)|wartet auf (?:freigabe|best(?:a|ae)tigung)|"
                    + "insufficient funds|not sufficient funds|nsf|held (?:for|by|pending|until|in)|(?:payment|funds|amount) (?:is |are |was |were )?(?:held|frozen|blocked|suspended|withheld)|"
                    + "under (?:review|investigation)|in review|stopp(?:ed)? (?:payment|cheque|check)|payment stopped|subject to (?:approval|clearance|review)|"
                    + "en suspens|en instance|en cours de (?:validation|traitement|verification)|a valider|provision insuffisante|defaut de provision|sans provision|opposition|"
                    + "retenid[oa]s?|en (?:revision|espera|tramite|proceso)|fondos insuficientes|saldo insuficiente|por confirmar|sin confirmar|"
                    + "in (?:afwachting|behandeling|onderzoek)|onvoldoende saldo|geblokkeerde?|nog niet (?:verwerkt|bevestigd|geboekt)|vastgehouden|"
                    + "fondi insufficienti|saldo insufficiente|in (?:verifica|lavorazione)|trattenut[oai]|bloccat[oa]|bloqu(?:ee?|ead[oa])|da confermare)\\b");

    private StatusVocabulary() {}

    static boolean isBooked(String folded) {
        return BOOKED.contains(folded);
    }

    /** Whether text negates a word for booked, as in "Not yet processed". */
    private static boolean isDenied(String folded) {
        var denial = DENIAL.matcher(folded);
        return denial.lookingAt()
                && (isBooked(folded.substring(denial.end())) || CONFIRMED.contains(folded.substring(denial.end())));
    }

    /** Returns why something with this status is not a booked transaction; empty for any other word. */
    static Optional<SkipReason> notBooked(String folded) {
        if (isDenied(folded)) {
            return Optional.of(SkipReason.PENDING);
        }
        return OTHERS.entrySet().stream()
                .filter(entry -> entry.getValue().contains(folded))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    static boolean isKnown(String folded) {
        return isBooked(folded) || notBooked(folded).isPresent();
    }

    /** Whether text starts with a term for an unbooked transaction, as in "PENDING - card payment". */
    static boolean startsNotBooked(String folded) {
        return CLEAR_STARTS.stream().anyMatch(word -> DoubtfulTerms.startsWith(folded, word));
    }

    /** Whether text states anywhere that something is not booked, as in "Order 7 (pending)". */
    static boolean saysNotBooked(String folded) {
        return ANYWHERE.matcher(folded).find();
    }

    /** Returns folded text without the words that say so. */
    static String withoutNotBooked(String folded) {
        return ANYWHERE.matcher(folded).replaceAll(" ");
    }

    /** Whether text starts with a term for the reversal of an earlier transaction. */
    static boolean startsReversal(String folded) {
        return REVERSAL_STARTS.stream().anyMatch(word -> DoubtfulTerms.startsWith(folded, word));
    }

    /** Whether a line above a table, alone in its row, states that the rows below are not booked, as in "Expected payments". */
    static boolean isNotBookedTitle(List<CsvTable.Row> rows) {
        return rows.stream()
                        .flatMap(row -> row.cells().stream())
                        .map(DoubtfulTerms::fold)
                        .filter(cell -> cell.split(" ", -1).length <= TITLE_WORDS)
                        .anyMatch(cell -> TITLE.matcher(cell).find())
                || rows.stream()
                        .filter(row -> row.filled() == 1)
                        .map(row -> DoubtfulTerms.fold(row.cell(0)))
                        .filter(title -> title.split(" ", -1).length <= TITLE_WORDS)
                        .anyMatch(title -> startsNotBooked(title)
                                || notBooked(title).isPresent()
                                || TITLE_STARTS.stream().anyMatch(word -> DoubtfulTerms.startsWith(title, word)));
    }

    static boolean isAnswer(String folded) {
        return YES.contains(folded) || NO.contains(folded);
    }

    /** Whether a cell affirms, by a word or by a tick. */
    static boolean isYes(String cell) {
        return YES.contains(DoubtfulTerms.fold(cell)) || TICK.matcher(cell).matches();
    }

    static boolean isNo(String folded) {
        return NO.contains(folded);
    }

    /** Returns the status under a header that is itself a status, such as "Pending" with yes and no; empty if neither. */
    static Optional<String> answered(String foldedHeader, String folded) {
        if (!isKnown(foldedHeader) || !isAnswer(folded)) {
            return Optional.empty();
        }
        var isYes = YES.contains(folded);
        if (isYes) {
            return Optional.of(foldedHeader);
        }
        return Optional.of(isBooked(foldedHeader) ? "not booked" : "booked");
    }
}
