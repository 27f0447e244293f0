package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Terms for returned, uncertain and own money in Japanese, Chinese, Korean, Hindi, Russian, Ukrainian, Arabic and Turkish. */
class FartherLanguagesTest {
    @ParameterizedTest
    @CsvSource({
        "振込組戻 三月分, REVERSAL",
        "ご返金, REVERSAL",
        "振込取消, REVERSAL",
        "仮入金, STATUS",
        "入金保留, STATUS",
        "普通預金利息, INTERNAL",
        "短期借入金, INTERNAL",
        "退款 订单 12, REVERSAL",
        "汇款退回, REVERSAL",
        "冲正, REVERSAL",
        "款项冻结, STATUS",
        "待入账, STATUS",
        "结息 利息, INTERNAL",
        "贷款放款, INTERNAL",
        "송금 반환, REVERSAL",
        "결제취소, REVERSAL",
        "입금보류, STATUS",
        "결제대기, STATUS",
        "예금이자, INTERNAL",
        "대출실행, INTERNAL",
        "भुगतान वापसी, REVERSAL",
        "लेनदेन रद्द, REVERSAL",
        "भुगतान लंबित, STATUS",
        "बचत ब्याज, INTERNAL",
        "ऋण राशि, INTERNAL",
        "Возврат платежа, REVERSAL",
        "Ошибочно зачислено, REVERSAL",
        "Ожидает подтверждения, STATUS",
        "Средства заблокированы, STATUS",
        "Проценты по вкладу, INTERNAL",
        "Перевод собственных средств, INTERNAL",
        "Повернення коштів, REVERSAL",
        "Скасовано банком, REVERSAL",
        "Очікує підтвердження, STATUS",
        "Тимчасове зарахування, STATUS",
        "Відсотки за депозитом, INTERNAL",
        "Власні кошти, INTERNAL",
        "استرداد مبلغ, REVERSAL",
        "تم إلغاء التحويل, REVERSAL",
        "مبلغ معلق, STATUS",
        "قيد المعالجة, STATUS",
        "فائدة الحساب, INTERNAL",
        "قرض, INTERNAL",
        "Para iadesi, REVERSAL",
        "Havale iptal, REVERSAL",
        "Beklemede, STATUS",
        "Blokeli tutar, STATUS",
        "Faiz geliri, INTERNAL",
        "Hesaplar arası virman, INTERNAL"
    })
    void reviewsDoubtfulTexts(String text, ReviewReason reason) {
        assertThat(TextDoubts.of(text)).contains(reason);
        assertThat(TextDoubts.of("RF138641464252 " + text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "請求書 2026-04 サーバー利用料", "株式会社オーク 四月分", "发票 2026 服务器费用 四月", "上海橡树有限公司 付款", "서버 이용료 4월", "오크 주식회사 입금",
                "सर्वर शुल्क अप्रैल बिल 12", "Оплата по счету 12 за хостинг", "ООО Дуб, апрель",
                        "Оплата за рахунком 12, хостинг", "دفع فاتورة 12 استضافة", "شركة البلوط خادم أبريل",
                "Fatura 12 sunucu ücreti nisan"
            })
    void acceptsTextsOfPayments(String text) {
        assertThat(TextDoubts.of(text)).isEmpty();
    }
}
