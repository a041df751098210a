package mfg.eval.bids;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mfg.core.InvalidInputException;
import mfg.envs.bids.Auction;
import org.jspecify.annotations.Nullable;

/**
 * The auctions of a log, as estimators want them: of each bidder in an auction the highest bid counts.
 *
 * @param all those with at least two bidders of which nothing is blank, in the order of the log
 * @param covariates the names of their covariates. One that is no number has categories: it becomes a covariate for each but the
 *     first, such as {@code category=car}, which is 1 or 0
 * @param alone how many auctions are left out because they had one bidder
 * @param blank how many others are left out because a wanted column is blank
 */
public record LoggedAuctions(List<LoggedAuction> all, List<String> covariates, int alone, int blank) {

    /**
     * Makes them of a log.
     *
     * @param bidders how many competed in each auction; null: as the log has it in {@link Hints#biddersColumn()} or, without this
     *     column, as many as made a bid
     * @param lots how many there were to win in each auction, unless the log has {@link Hints#lotsColumn()}; at least 1
     * @throws InvalidInputException if a number is too low, or is not whole, or less than bid in an auction; if a logarithm is of
     *     what is not positive; or if no auction is left
     */
    public static LoggedAuctions of(BidLog log, @Nullable Integer bidders, int lots) {
        if (bidders != null && bidders < 2) {
            throw new InvalidInputException("there must be at least 2 bidders in an auction, not " + bidders);
        }
        if (lots < 1) {
            throw new InvalidInputException("there must be at least 1 lot in an auction, not " + lots);
        }
        AuctionColumns columns = log.described();
        AuctionColumn ownBidders = bidders == null ? columns.bidders() : null;
        return new Maker(
                        log,
                        new AuctionColumns(ownBidders, columns.lots(), columns.covariates()),
                        HighestBids.of(log),
                        bidders,
                        lots)
                .make();
    }

    private record Maker(
            BidLog log,
            AuctionColumns columns,
            HighestBids highest,
            @Nullable Integer given,
            int lots) {

        LoggedAuctions make() {
            List<AuctionColumn> wanted = columns.all();
            int[] bidders = new int[log.auctionCount()]; // 0 where something is blank
            Arrays.setAll(bidders, i -> wanted.stream().anyMatch(column -> column.isBlank(i)) ? 0 : bidders(i));
            int[] kept = IntStream.range(0, bidders.length)
                    .filter(i -> bidders[i] >= 2)
                    .toArray();
            int alone = count(bidders, 1);
            int blank = count(bidders, 0);
            if (kept.length == 0) {
                throw new InvalidInputException(
                        blank > 0
                                ? "%s has no auction to learn from: %d have one bidder, and in %d a wanted column is blank"
                                        .formatted(log.file(), alone, blank)
                                : "%s has no auction of two bidders: if others took part, --bidders or --bidders-column says how many"
                                        .formatted(log.file()));
            }
            Covariates covariates = new Covariates(columns.covariates(), kept);
            List<LoggedAuction> all = Arrays.stream(kept)
                    .mapToObj(i -> new LoggedAuction(
                            log.auctionNames().isEmpty()
                                    ? ""
                                    : log.auctionNames().get(i),
                            columns.lots() == null ? lots : columns.lots().count(i),
                            new Auction(bidders[i], highest.of(i), covariates.of(i))))
                    .toList();
            return new LoggedAuctions(all, covariates.names(), alone, blank);
        }

        private int bidders(int auction) {
            AuctionColumn column = columns.bidders();
            int bid = highest.count(auction);
            int bidders = given != null ? given : column != null ? column.count(auction) : bid;
            if (bidders < bid) {
                throw log.refusal(
                        auction,
                        "%d bidders bid in it, but %s %d"
                                .formatted(
                                        bid,
                                        column == null ? "there are to be" : "column %s has".formatted(column.name()),
                                        bidders));
            }
            return bidders;
        }

        private static int count(int[] numbers, int number) {
            return (int) Arrays.stream(numbers).filter(x -> x == number).count();
        }
    }
}
