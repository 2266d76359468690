# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of « Ma boutique »: for people and for ever."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from halles.domain.shops.models import Place
from halles.doors.backoffice.views import (
    agenda,
    bell,
    bulk_edits,
    closing,
    depots,
    device,
    exports,
    hours,
    howto,
    imports,
    note,
    offline,
    orders,
    picking,
    pictures,
    product,
    products,
    publish,
    questions,
    rolls,
    rounds,
    settle,
    shop,
    stock,
    team,
    today,
    ways,
    weigh,
)


class StepConverter(StringConverter):
    """What one does to an article, as its address says it."""

    regex = "en-ligne|retirer|supprimer|remettre"
    words = {"en-ligne": "publish", "retirer": "withdraw", "supprimer": "delete", "remettre": "restore"}

    def to_python(self, value: str) -> str:
        """The step."""
        return self.words[value]

    def to_url(self, value: str) -> str:
        """Its word in the address."""
        return next(word for word, step in self.words.items() if step == value)


class WayKindConverter(StringConverter):
    """What kind of way one adds, as its address says it."""

    regex = "livraison|depot"
    words = {"livraison": Place.Kind.ROUND, "depot": Place.Kind.DEPOT}

    def to_python(self, value: str) -> Place.Kind:
        """The kind."""
        return self.words[value]

    def to_url(self, value: str) -> str:
        """Its word in the address."""
        return next(word for word, kind in self.words.items() if kind == value)


register_converter(StepConverter, "article_step")
register_converter(WayKindConverter, "way_kind")

app_name = "backoffice"
ORDER = "commandes/<uuid:order_id>"
QUESTION = "questions/<uuid:conversation_id>"
PRODUCT = "articles/<uuid:product_id>"
IMPORT = "articles/importer/<uuid:import_id>"
BULK_EDIT = "articles/changer/<uuid:edit_id>"
ROLL = "articles/photos/<uuid:roll_id>"
SHOT = f"{ROLL}/<uuid:shot_id>"
WAY = "remises/<uuid:place_id>"
DEPOT = "depots/<uuid:place_id>"
PICTURE = f"{PRODUCT}/photos/<uuid:picture_id>"
urlpatterns = [
    path("", today.today, name="today"),
    path("sw.js", device.worker, name="worker"),
    path("manifest.webmanifest", device.manifest, name="manifest"),
    path("appareil", offline.visit, name="visit"),
    path("sans-reseau", offline.elsewhere, name="elsewhere"),
    path("preparer", picking.picking, name="picking"),
    path("preparer/pris", picking.tick, name="picking_tick"),
    path("preparer/ranger", picking.put_back, name="picking_put_back"),
    path("preparer/pretes", picking.ready, name="picking_ready"),
    path("tournee", rounds.drive, name="round"),
    path("tournee/ordre", rounds.put_in_order, name="round_order"),
    path("tournee/partir", rounds.start, name="round_start"),
    path("tournee/arrets/<uuid:stop_id>/ranger", rounds.move, name="round_move"),
    path("tournee/arrets/<uuid:stop_id>/photo", rounds.photo, name="round_photo"),
    path(f"tournee/{ORDER}/livree", rounds.delivered, name="round_delivered"),
    path(f"tournee/{ORDER}/absent", rounds.nobody, name="round_nobody"),
    path(f"tournee/{ORDER}/refusee", rounds.refused, name="round_refused"),
    path(f"tournee/{ORDER}/revenir", rounds.back, name="round_back"),
    path("agenda", agenda.agenda, name="agenda"),
    path("agenda/bloquer", agenda.block, name="agenda_block"),
    path("agenda/<uuid:absence_id>/rendre", agenda.back, name="agenda_back"),
    path("agenda/noter", agenda.note_visit, name="agenda_note"),
    path("agenda/telephone", agenda.feed, name="agenda_feed"),
    path("sonnette", bell.bell, name="bell"),
    path("sonnette/appareils", bell.add_device, name="add_device"),
    path("sonnette/appareils/<uuid:device_id>/retirer", bell.remove_device, name="remove_device"),
    path("sonnette/appareils/<uuid:device_id>/essayer", bell.try_bell, name="try_bell"),
    path("sonnerie", bell.ringing, name="ringing"),
    path("sonnerie/vu", bell.seen, name="seen"),
    path("sonnerie/<uuid:call_id>", bell.ring, name="ring"),
    path("commandes", orders.orders, name="orders"),
    path("commandes/reglages", shop.order_settings, name="order_settings"),
    path("commandes/noter", note.note_order, name="note_order"),
    path("commandes/noter/clients", note.known, name="note_known"),
    path("commandes/noter/articles", note.articles, name="note_articles"),
    path(ORDER, orders.order, name="order"),
    path(f"{ORDER}/prix/<uuid:line_id>", orders.say_price, name="say_price"),
    path(f"{ORDER}/accepter", orders.accept, name="accept"),
    path(f"{ORDER}/accord", orders.agreed, name="agreed"),
    path(f"{ORDER}/regler", settle.settling, name="settle"),
    path(f"{ORDER}/remplacants/<uuid:line_id>", settle.substitutes, name="substitutes"),
    path(f"{ORDER}/peser", weigh.weighing, name="weigh"),
    path(f"{ORDER}/prete", orders.ready, name="ready"),
    path(f"{ORDER}/remise", orders.handed_over, name="handed_over"),
    path(f"{ORDER}/autre-jour", orders.postpone, name="postpone"),
    path(f"{ORDER}/annuler", orders.cancel, name="cancel"),
    path("remise/", orders.hand_over_by_code, name="hand_over"),
    path("remise/<str:code>", orders.hand_over_by_code, name="hand_over_code"),
    path("questions", questions.questions, name="questions"),
    path("questions/reglage", questions.setting, name="questions_setting"),
    path(QUESTION, questions.question, name="question"),
    path(f"{QUESTION}/articles", questions.articles, name="question_articles"),
    path(f"{QUESTION}/clore", questions.close, name="question_close"),
    path(f"{QUESTION}/rouvrir", questions.reopen, name="question_reopen"),
    path(f"{QUESTION}/bloquer", questions.block, name="question_block"),
    path(f"{QUESTION}/debloquer", questions.unblock, name="question_unblock"),
    path(f"{QUESTION}/signaler", questions.report, name="question_report"),
    path("articles", products.products, name="products"),
    path("articles/nouveau", product.new, name="new_product"),
    path("articles/connu", product.look_up, name="known"),
    path("articles/propositions", product.preview, name="proposals"),
    path("articles/grille", product.grid, name="grid"),
    path("articles/importer", imports.imports, name="imports"),
    path(IMPORT, imports.one, name="import"),
    path(f"{IMPORT}/changer", imports.change, name="import_change"),
    path(f"{IMPORT}/commencer", imports.start, name="import_start"),
    path(f"{IMPORT}/refusees.csv", imports.refused_file, name="import_refused"),
    path(f"{IMPORT}/photos", imports.fetch_again, name="import_pictures"),
    path(f"{IMPORT}/annuler", imports.undo, name="import_undo"),
    path("articles/changer", bulk_edits.bulk_edits, name="bulk_edits"),
    path(BULK_EDIT, bulk_edits.one, name="bulk_edit"),
    path(f"{BULK_EDIT}/commencer", bulk_edits.start, name="bulk_edit_start"),
    path(f"{BULK_EDIT}/annuler", bulk_edits.undo, name="bulk_edit_undo"),
    path("articles/exporter", exports.exports, name="exports"),
    path("articles/exporter/<slug:system>", exports.export, name="export"),
    path("articles/photos", rolls.rolls, name="rolls"),
    path("articles/photos/envoyer", rolls.begin, name="roll_begin"),
    path(ROLL, rolls.one, name="roll"),
    path(f"{ROLL}/envoyer", rolls.send, name="roll_send"),
    path(f"{ROLL}/regarder", rolls.close, name="roll_close"),
    path(f"{ROLL}/ajouter", rolls.start, name="roll_start"),
    path(f"{ROLL}/annuler", rolls.undo, name="roll_undo"),
    path(SHOT, rolls.shot, name="shot"),
    path(f"{SHOT}/apercu", rolls.preview, name="shot_preview"),
    path(PRODUCT, product.edit, name="product"),
    path(f"{PRODUCT}/copier", product.duplicate, name="duplicate"),
    path(f"{PICTURE}/premiere", pictures.first, name="first_picture"),
    path(f"{PICTURE}/decrire", pictures.describe, name="describe_picture"),
    path(f"{PICTURE}/retirer", pictures.remove, name="remove_picture"),
    path(f"{PRODUCT}/<article_step:to>", product.step, name="product_step"),
    path("stock", stock.counting, name="stock"),
    path("publier", publish.publish, name="publish_post"),
    path("publier/<str:file>", publish.picture, name="post_picture"),
    path("plus", shop.more, name="more"),
    path("boutique", shop.card, name="card"),
    path("boutique/entre-boutiques", shop.lending, name="lending"),
    path("boutique/portes", shop.doors, name="doors"),
    path("boutique/publier", shop.publish, name="publish"),
    path("boutique/changer", team.switch, name="switch"),
    path("horaires", hours.hours, name="hours"),
    path("horaires/fermer", closing.close_day, name="close_day"),
    path("horaires/conges", hours.close_days, name="close_days"),
    path("horaires/conges/<uuid:closure_id>/annuler", hours.reopen_days, name="reopen_days"),
    path("horaires/feries", hours.holidays, name="holidays"),
    path("horaires/lieux", hours.add_stall, name="add_stall"),
    path("horaires/lieux/<uuid:place_id>", hours.hours, name="place_hours"),
    path("horaires/lieux/<uuid:place_id>/retirer", hours.remove_stall, name="remove_stall"),
    path("remises", ways.ways, name="ways"),
    path("remises/communes", ways.way_communes, name="way_communes"),
    path("remises/nouvelle/<way_kind:kind>", ways.new_way, name="new_way"),
    path(WAY, ways.way, name="way"),
    path(f"{WAY}/proposer", ways.turn_way, name="turn_way"),
    path(f"{WAY}/complet", ways.set_full, name="way_full"),
    path(f"{WAY}/retirer", ways.remove_way, name="remove_way"),
    path(DEPOT, depots.day, name="depot"),
    path(f"{DEPOT}/deposes", depots.tick, name="depot_tick"),
    path(f"{DEPOT}/repris", depots.take_back, name="depot_take_back"),
    path(f"{DEPOT}/lien", depots.link, name="depot_link"),
    path(f"{DEPOT}/lien/arreter", depots.stop_link, name="depot_stop_link"),
    path("identite", shop.identity, name="identity"),
    path("equipe", team.team, name="team"),
    path("equipe/<uuid:staff_id>/retirer", team.dismiss, name="dismiss"),
    path("journal", team.acts, name="journal"),
    path("echelle", shop.ladder, name="ladder"),
    path("aide", howto.index, name="howtos"),
    path("aide/<slug:slug>", howto.one, name="howto"),
    path("ouvrir", team.open_shop, name="open_shop"),
    path("rejoindre/<str:token>", team.join, name="join"),
]
